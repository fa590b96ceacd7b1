import { Api } from "../support/api";
import { type Lane, type Product, startProduct } from "../support/product";
import { startTap } from "../support/tap";
import { mintWorkspace } from "../support/workspace";
import type { Route, Run } from "./plan";
import { startFixture } from "./upstream/start";

/** What a suite is pointed at, for as long as it runs. */
export interface Target {
  url: string;
  close(): Promise<void>;
}

const laneOf = (route: Route): Lane | null => (route === "directly" ? null : route === "edge lane" ? "edge" : "direct");

/** The products of a whole measurement: one a lane, started when first needed. */
export class Targets {
  private readonly products = new Map<Lane, Promise<Product>>();

  /** A fixture of its own for each run; through the gateway with a workspace of its own, by the single-server endpoint. */
  async open({ route, upstream }: Run): Promise<Target> {
    const fixture = await startFixture(upstream);
    const lane = laneOf(route);
    if (!lane) return { url: fixture.url, close: () => fixture.close() };
    const product = await this.product(lane);
    const workspace = await mintWorkspace(new Api(product.origin, product.apiKey), product);
    await workspace.add("up", fixture.url);
    const path = `/ws/${workspace.slug}/s/up/mcp`;
    const tap = await startTap(product.origin, { token: workspace.token, path });
    return {
      url: `${tap.origin}/mcp`,
      async close() {
        await tap.close();
        await fixture.close();
      },
    };
  }

  private product(lane: Lane): Promise<Product> {
    const running = this.products.get(lane) ?? startProduct({ lane });
    this.products.set(lane, running);
    return running;
  }

  async close(): Promise<void> {
    for (const product of this.products.values()) await (await product).stop();
  }
}
