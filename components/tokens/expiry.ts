/** Lifetimes offered for tokens and keys. */
export const EXPIRY_CHOICES = [
  { value: "7", label: "in 7 days" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "never", label: "never" },
];

/** Days of a choice; undefined: never. */
export const toDays = (choice: string): number | undefined => (choice === "never" ? undefined : Number(choice));
