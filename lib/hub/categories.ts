/** What listings are grouped by, in the order in which the Hub shows them. `internal` is where an operator's own go unless they say otherwise. */
export const CATEGORIES = {
  internal: "Internal",
  documentation: "Documentation",
  "developer-tools": "Developer tools",
  cloud: "Cloud and hosting",
  database: "Databases",
  monitoring: "Monitoring",
  search: "Web search",
  projects: "Issues and projects",
  productivity: "Productivity",
  analytics: "Analytics",
  finance: "Payments and finance",
  customers: "Sales and support",
  communication: "Mail and messages",
  content: "Files and content",
  design: "Design and media",
  places: "Maps and travel",
  ai: "Models",
} as const;
export type Category = keyof typeof CATEGORIES;

/** The keys, as zod wants them. */
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as [Category, ...Category[]];
