import { join } from "node:path";
import { missingRows, publish, readPublished, tableOf } from "./conformance/published";
import { expect, proves, test } from "./fixtures";
import { type Product, ROOT } from "./support/product";
import { eraOf, REAL_CLIENTS, type RealClient, type Tried, tryClient, versionOf } from "./support/real-clients";
import { type SecretUpstream, startSecretUpstream } from "./support/secret-upstream";
import { mintSecret, mintWorkspace, type Workspace } from "./support/workspace";

const PAGE = { file: join(ROOT, "e2e/conformance/README.md"), name: "clients" };
const HEAD = ["Client", "Version", "How", "Speaks", "Result"];
const HERE = REAL_CLIENTS.filter(({ here }) => here !== false);
const rows: string[][] = [];
const tries = new Map<RealClient, Promise<Tried>>();
let upstream: SecretUpstream;
let workspace: Workspace;

test.beforeAll(async ({ api, product, everything }) => {
  upstream = await startSecretUpstream(mintSecret());
  workspace = await mintWorkspace(api, product);
  await workspace.addSecret("vault", upstream);
  await workspace.add("everything", everything.http.url);
});
test.afterAll(() => upstream?.close());

/** Begins a try once. Most of these programs spend their time waiting for a network that is not there. */
function begin(client: RealClient | undefined, product: Product): Promise<Tried> | undefined {
  if (!client) return undefined;
  const tried = tries.get(client) ?? tryClient(client, product.origin, workspace);
  tried.catch(() => undefined); // told by its own test
  tries.set(client, tried);
  return tried;
}

for (const client of REAL_CLIENTS) {
  test(proves("client:real", `${client.name}: ${client.how}`), async ({ product }) => {
    test.skip(client.here === false, "not made for this machine");
    test.setTimeout(150_000);
    const mine = begin(client, product);
    void begin(HERE[HERE.indexOf(client) + 1], product); // the next one waits meanwhile
    const tried = await mine;
    for (const [at, { code, output }] of (tried?.runs ?? []).entries()) {
      expect(code, output.slice(-2_000)).toBe(0);
      expect(output).toMatch(client.shows[at] ?? /./);
    }
    rows.push([client.name, versionOf(client), client.how, eraOf(tried?.requests ?? []), client.result]);
  });
}

test(proves("client:real", "the published table of clients says what was seen"), ({ lane }) => {
  const publishing = process.env.AEROSTACK_PUBLISH_CLIENTS === "1";
  if (publishing && lane === "direct") publish(PAGE, tableOf(HEAD, rows));
  if (!publishing) expect(missingRows(readPublished(PAGE), rows)).toEqual([]);
});
