/** Cookie with the slug of the workspace that was looked at last. */
export const LAST_WORKSPACE_COOKIE = "aerostack-workspace";
