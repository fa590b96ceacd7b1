import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "@/lib/crypto/bytes";
import { scrubberOf, scrubStream, scrubText } from "./scrubber";
import { spellingsOf } from "./spellings";
import { tells } from "./testing/oracle";

const scrub = (text: string, ...secrets: string[]) => scrubText(text, scrubberOf(spellingsOf(secrets)));

describe("the scrubber", () => {
  test.each([
    ["alone", "hunter2-secret", "[secret]"],
    ["in the middle", "a hunter2-secret b", "a [secret] b"],
    ["in capitals", "HUNTER2-SECRET", "[secret]"],
    ["twice over", "hunter2-secrethunter2-secret!", "[secret]!"],
    ["nearly", "hunter2-secre", "hunter2-secre"],
    ["begun twice", "hunter2-hunter2-secret", "hunter2-[secret]"],
  ])("hides a secret %s", (_title, text, clean) => expect(scrub(text, "hunter2-secret")).toBe(clean));

  test("a secret inside another leaves nothing of the longer one", () => {
    expect(scrub("abcdefSECRETREST", "abcdef", "abcdefSECRETREST")).toBe("[secret]");
    expect(scrub("xxabcdefREST", "xxabcdefREST", "abcdef")).toBe("[secret]");
  });

  test("a short value is a word, and left alone", () => expect(scrub("it is a test", "test")).toBe("it is a test"));

  test("what cannot become a secret is not held back", () => {
    const scrubber = scrubberOf(["secret-value"])();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect(text(scrubber.push(utf8("data: one\n\n")))).toBe("data: one\n\n");
    expect(text(scrubber.push(utf8("data: sec")))).toBe("data: ");
    expect(text(scrubber.push(utf8("ond\n")))).toBe("second\n");
    expect(text(scrubber.end())).toBe("");
  });

  test("finds every spelling wherever a stream is cut, and changes nothing else", () => {
    const secret = fc.string({
      minLength: 12,
      maxLength: 40,
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
    });
    const around = fc.string({ maxLength: 20, unit: fc.constantFrom("ü", "€", " ", "\n") });
    const ways = fc.constantFrom<(value: string) => string>(
      (value) => value,
      encodeURIComponent,
      (value) => Buffer.from(value).toString("hex"),
      (value) => Buffer.from(value).toString("base64"),
      (value) => JSON.stringify(value),
    );
    fc.assert(
      fc.property(
        secret,
        around,
        around,
        ways,
        fc.array(fc.nat(7), { minLength: 1 }),
        (value, before, after, way, cuts) => {
          const bytes = utf8(before + way(value) + after);
          const scrubber = scrubberOf(spellingsOf([value]))();
          const out: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = (cuts[turn % cuts.length] ?? 0) + 1;
            out.push(scrubber.push(bytes.subarray(at, at + size)));
            at += size;
          }
          out.push(scrubber.end());
          const clean = Buffer.concat(out).toString();
          expect(tells(clean, value)).toBe(false);
          expect(clean.startsWith(before) && clean.endsWith(after)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("works on web streams", async () => {
    const source = new Response("one hunter2-secret two").body?.pipeThrough(
      scrubStream(scrubberOf(["hunter2-secret"])),
    );
    expect(await new Response(source).text()).toBe("one [secret] two");
  });
});
