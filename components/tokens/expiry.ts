/** Lifetimes offered for tokens and keys. */
export const EXPIRY_CHOICES = [
  { value: "7", label: "in 7 days" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "never", label: "never" },
];

/** The choices where tokens live so many days at most (null: as long as one likes); the bound itself is one. */
export function choicesUpTo(maxDays: number | null): typeof EXPIRY_CHOICES {
  if (maxDays === null) return EXPIRY_CHOICES;
  const shorter = EXPIRY_CHOICES.filter(({ value }) => Number(value) < maxDays);
  return [
    ...shorter,
    { value: String(maxDays), label: `in ${maxDays} ${maxDays === 1 ? "day" : "days"}, the longest here` },
  ];
}

/** Days of a choice; undefined: never. */
export const toDays = (choice: string): number | undefined => (choice === "never" ? undefined : Number(choice));
