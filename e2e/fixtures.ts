import { test as base, expect } from "playwright/test";
import { REQUIREMENTS, type RequirementId } from "./requirements";
import { Api } from "./support/api";
import { type Everything, startEverything } from "./support/everything";
import { type NastyUpstream, startNastyUpstream } from "./support/nasty-upstream";
import { isHealthy, type Lane, type Product, startProduct } from "./support/product";
import { type SecretUpstream, startSecretUpstream } from "./support/secret-upstream";
import { mintSecret, mintWorkspace, type Workspace } from "./support/workspace";

export { expect };

interface TestFixtures {
  /** Minted for this test alone. */
  workspace: Workspace;
  /** Demands a secret of this test's own and remembers what it saw. */
  upstream: SecretUpstream;
}

interface WorkerFixtures {
  lane: Lane;
  /** One product per worker and lane; tests that end it leave it running again. */
  product: Product;
  api: Api;
  /** Two copies of the reference server. */
  everything: { http: Everything; sse: Everything };
  nasty: NastyUpstream;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  lane: ["direct", { option: true, scope: "worker" }],
  product: [
    async ({ lane }, use) => {
      const product = await startProduct({ lane });
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  api: [async ({ product }, use) => use(new Api(product.origin, product.apiKey)), { scope: "worker" }],
  everything: [
    async ({}, use) => {
      const [http, sse] = await Promise.all([startEverything("streamableHttp"), startEverything("sse")]);
      await use({ http, sse });
      await Promise.all([http.stop(), sse.stop()]);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  nasty: [
    async ({}, use) => {
      const nasty = await startNastyUpstream();
      await use(nasty);
      await nasty.close();
    },
    { scope: "worker" },
  ],
  workspace: async ({ api, product }, use) => use(await mintWorkspace(api, product)),
  upstream: async ({}, use) => {
    const upstream = await startSecretUpstream(mintSecret());
    await use(upstream);
    await upstream.close();
  },
});

/** The title of a test that shows a promise to hold; `detail` where several tests show one promise. */
export function proves(id: RequirementId, detail = ""): string {
  return `[${id}] ${detail || REQUIREMENTS[id]}`;
}

/** Asserts what must hold after each attack: the process lives. */
export async function expectAlive(product: Product): Promise<void> {
  expect(await isHealthy(product), "the product is alive and answers /api/health").toBe(true);
}
