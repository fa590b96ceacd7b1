type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** Props of a page outside workspaces. Own types rather than Next's generated ones, so that a type check needs no build. */
export interface PlainPage {
  searchParams: SearchParams;
}

/** Props of a page inside a workspace. */
export interface WorkspacePage<Params = unknown> {
  params: Promise<{ slug: string } & Params>;
  searchParams: SearchParams;
}
