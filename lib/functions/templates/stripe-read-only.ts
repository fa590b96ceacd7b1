import { defineServer, type ToolContext, ToolError } from "@aerostack/server";
import { z } from "zod";

interface Page<T> {
  data: T[];
  has_more: boolean;
}

const limit = z.int().min(1).max(100).default(20);

export default defineServer({
  name: "stripe",
  version: "1.0.0",
  instructions: "Amounts are in the smallest unit of their currency: 1000 usd is 10 dollars.",
  // Make a restricted key that may only read; the code below sends nothing but GET either.
  secrets: { STRIPE_RESTRICTED_KEY: { hosts: ["api.stripe.com"], prefix: "rk_live_" } },
  tools: (tool) => ({
    find_customers: tool({
      description: "Find customers by their e-mail address.",
      annotations: { readOnlyHint: true },
      input: z.object({ email: z.email(), limit }),
      run: async ({ email, limit }, ctx) => {
        type Customer = { id: string; name: string | null; email: string | null; created: number };
        const { data } = await stripe<Page<Customer>>(ctx, "customers", { email, limit });
        return { customers: data.map(({ id, name, email, created }) => ({ id, name, email, since: day(created) })) };
      },
    }),
    list_charges: tool({
      description: "List charges, newest first; of one customer where an id is given.",
      annotations: { readOnlyHint: true },
      input: z.object({ customer: z.string().startsWith("cus_").optional(), limit }),
      run: async (query, ctx) => {
        type Charge = { id: string; amount: number; currency: string; status: string; created: number };
        const { data, has_more } = await stripe<Page<Charge>>(ctx, "charges", query);
        const charges = data.map(({ id, amount, currency, status, created }) => ({
          id,
          amount,
          currency,
          status,
          day: day(created),
        }));
        return { charges, has_more };
      },
    }),
    get_balance: tool({
      description: "The balance that is available and pending.",
      annotations: { readOnlyHint: true },
      run: (_, ctx) => stripe(ctx, "balance", {}),
    }),
  }),
});

const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

async function stripe<T>(
  ctx: ToolContext<"STRIPE_RESTRICTED_KEY">,
  path: string,
  query: Record<string, unknown>,
): Promise<T> {
  const url = new URL(`https://api.stripe.com/v1/${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const response = await ctx.fetch(url, { headers: { authorization: `Bearer ${ctx.secrets.STRIPE_RESTRICTED_KEY}` } });
  const answer = (await response.json()) as T & { error?: { message?: string } };
  if (!response.ok)
    throw new ToolError(`Stripe answered ${response.status}: ${answer.error?.message ?? "no reason given"}`);
  return answer;
}
