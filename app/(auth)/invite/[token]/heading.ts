/** What the page says above an open invitation; another takes its place once it is accepted. */
export interface Heading {
  title: string;
  description: string;
}
