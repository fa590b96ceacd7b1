/** What one fixture remembers between requests: which optional parts its lists show, and who wants to hear of changes. */
export class FixtureState {
  /** Whether the tool that comes and goes is listed now. */
  tool = true;
  /** The same for the prompt. */
  prompt = true;
  private readonly listeners = new Set<(changed: "tools" | "prompts") => void>();

  /** Takes the optional tool or prompt away, or brings it back; a real change, so that a gateway that compares lists sees one. */
  toggle(what: "tools" | "prompts"): void {
    if (what === "tools") this.tool = !this.tool;
    else this.prompt = !this.prompt;
    for (const listener of this.listeners) listener(what);
  }

  /** Calls `listener` after each change; the function returned ends that. */
  onChange(listener: (changed: "tools" | "prompts") => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
