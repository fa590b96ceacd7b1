import { expect, test } from "vitest";
import { authorizationQuery } from "./authorization-query";

const query = (text: string) => authorizationQuery(new URLSearchParams(text));

test("one scope, whatever was asked for, and always the person's word", () => {
  expect(query("client_id=a")).toBe("?client_id=a&scope=mcp+offline_access&prompt=consent");
  expect(query("client_id=a&scope=openid+admin&prompt=login&nonce=x&response_mode=form_post")).toBe(
    query("client_id=a"),
  );
  expect(query("prompt=none")).toContain("prompt=none");
});

test("repeated values stay repeated, so that the provider refuses them", () =>
  expect(query("client_id=a&client_id=b")).toContain("client_id=a&client_id=b"));

test.each(["state=%00", "state=%0a", "client_id=%ff", "resource=%e2%80%ae"])("%s is refused", (text) =>
  expect(query(text)).toBeNull(),
);
