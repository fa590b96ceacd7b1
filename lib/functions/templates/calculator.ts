import { defineServer, ToolError } from "@aerostack/server";
import { z } from "zod";

export default defineServer({
  name: "calculator",
  version: "1.0.0",
  tools: (tool) => ({
    calculate: tool({
      description: "Work out an expression with + - * / ^ and parentheses.",
      annotations: { readOnlyHint: true },
      input: z.object({ expression: z.string().min(1).max(500).describe("For instance (2 + 3) * 4 ^ 2") }),
      output: z.object({ value: z.number() }),
      run: ({ expression }) => {
        const value = calculate(expression);
        if (!Number.isFinite(value)) throw new ToolError("The result is no finite number.");
        return { value };
      },
    }),
  }),
});

/** By recursive descent: nothing that is typed is ever run as code. */
function calculate(expression: string): number {
  const parts = expression.match(/\d+(?:\.\d+)?|[-+*/^()]|\S/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new ToolError(at < parts.length ? `Unexpected "${parts[at]}".` : "The expression ends too early.");
  };
  const sum = (): number => {
    let value = product();
    while (parts[at] === "+" || parts[at] === "-") value = parts[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = signed();
    while (parts[at] === "*" || parts[at] === "/") value = parts[at++] === "*" ? value * signed() : value / signed();
    return value;
  };
  const signed = (): number => {
    if (parts[at] !== "-") return power();
    at++;
    return -signed();
  };
  const power = (): number => {
    const base = atom();
    if (parts[at] !== "^") return base;
    at++;
    return base ** signed();
  };
  const atom = (): number => {
    const part = parts[at] ?? fail();
    if (part === "(") {
      at++;
      const value = sum();
      if (parts[at] !== ")") fail();
      at++;
      return value;
    }
    if (!/^\d/.test(part)) fail();
    at++;
    return Number(part);
  };
  const value = sum();
  return at === parts.length ? value : fail();
}
