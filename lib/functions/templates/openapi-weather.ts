import { defineServer, type ToolContext, ToolError } from "@aerostack/server";

const BASE = "https://api.open-meteo.com/v1";

export default defineServer({
  name: "weather",
  version: "1.0.0",
  instructions: "Tools of the Open-Meteo Forecast.",
  hosts: ["api.open-meteo.com"],
  secrets: {},
  tools: (tool) => ({
    get_forecast: tool({
      description: "Weather forecast for a place, by coordinates",
      annotations: { readOnlyHint: true, openWorldHint: true },
      input: {
        type: "object",
        properties: {
          latitude: {
            type: "number",
            minimum: -90,
            maximum: 90,
          },
          longitude: {
            type: "number",
            minimum: -180,
            maximum: 180,
          },
          daily: {
            type: "array",
            items: {
              type: "string",
              enum: ["temperature_2m_max", "temperature_2m_min", "precipitation_sum", "wind_speed_10m_max"],
            },
            description: "Daily values",
          },
          forecast_days: {
            type: "integer",
            default: 7,
            minimum: 1,
            maximum: 16,
          },
          timezone: {
            type: "string",
            default: "auto",
          },
        },
        required: ["latitude", "longitude"],
      },
      run: (args, ctx) =>
        request(ctx, args, {
          method: "GET",
          url: "/forecast",
          query: ["latitude", "longitude", "daily", "forecast_days", "timezone"],
          commas: ["daily"],
        }),
    }),
  }),
});

/** Puts the placeholders where the real values will be. */
function authorize(ctx: ToolContext, headers: Headers, url: URL): void {
  void [ctx, headers, url]; // this API is open
}

interface Shape {
  method: string;
  url: string;
  path?: string[];
  query?: string[];
  headers?: string[];
  fixed?: Record<string, string>;
  names?: Record<string, string>;
  commas?: string[];
  deep?: string[];
  body?: string;
  contentType?: string;
}

const word = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** One request to the API; what it answers is the tool's answer. */
async function request(ctx: ToolContext, given: Record<string, unknown>, shape: Shape) {
  const {
    method,
    url: template,
    path = [],
    query = [],
    headers: named = [],
    names = {},
    commas = [],
    deep = [],
  } = shape;
  const args = new Map(Object.entries(given).filter(([, value]) => value !== undefined));
  const take = (name: string) => {
    const value = args.get(name);
    args.delete(name);
    return value;
  };
  const filled = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const argument = path.find((each) => (names[each] ?? each) === name) ?? name;
    const value = word(take(argument));
    if (value === "" || value === "." || value === "..") throw new ToolError(`${argument} cannot be "${value}".`);
    return encodeURIComponent(value);
  });
  const url = new URL(BASE + filled);
  for (const name of query) {
    const [key, value] = [names[name] ?? name, take(name)];
    if (value === undefined) continue;
    if (deep.includes(name) && typeof value === "object" && value !== null)
      for (const [part, inner] of Object.entries(value)) url.searchParams.append(`${key}[${part}]`, word(inner));
    else if (!Array.isArray(value)) url.searchParams.append(key, word(value));
    else if (commas.includes(name)) url.searchParams.append(key, value.map(word).join(","));
    else for (const each of value) url.searchParams.append(key, word(each));
  }
  const headers = new Headers(shape.fixed);
  for (const name of named) {
    const value = take(name);
    if (value !== undefined) headers.set(names[name] ?? name, word(value));
  }
  if (!headers.has("accept")) headers.set("accept", "application/json");
  if (!headers.has("user-agent")) headers.set("user-agent", "aerostack");
  authorize(ctx, headers, url);
  let body: string | undefined;
  if (shape.body !== undefined) {
    const value = shape.body === "*" ? Object.fromEntries(args) : take(shape.body);
    if (value !== undefined) {
      headers.set("content-type", shape.contentType ?? "application/json");
      body = JSON.stringify(value);
    }
  }
  const response = await ctx.fetch(url, { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new ToolError(`${method} ${template} answered ${response.status}: ${text.slice(0, 1000)}`);
  try {
    return text === "" ? { status: response.status } : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
