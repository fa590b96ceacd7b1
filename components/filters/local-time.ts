const two = (part: number) => String(part).padStart(2, "0");

/** An instant as `<input type="datetime-local">` wants it, in the viewer's zone; "" for what is no instant. */
export function toLocalInput(iso: string | null): string {
  const at = new Date(iso ?? "");
  if (Number.isNaN(at.getTime())) return "";
  const day = `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What was typed there as ISO 8601 UTC; null for nothing. */
export function fromLocalInput(text: string): string | null {
  const at = new Date(text);
  return text === "" || Number.isNaN(at.getTime()) ? null : at.toISOString().replace(".000Z", "Z");
}

/** What is wrong with a range as typed, and at which end; null: nothing. */
export function rangeFault(from: string, to: string): { field: "from" | "to"; message: string } | null {
  if (!from && !to) return { field: "from", message: "Give a start, an end or both" };
  if (from && to && from >= to) return { field: "to", message: "The end must be after the start" };
  return null;
}
