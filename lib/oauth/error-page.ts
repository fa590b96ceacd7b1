const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

/**
 * The page for a person whose client asked for something that cannot be answered by sending them back to it. Plain HTML:
 * it must work where nothing else of ours is loaded, and everything in it may come from an attacker.
 */
export function errorPage(code: string, description: string | undefined): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>This connection cannot be made</title>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { display: grid; min-height: 100dvh; place-items: center; margin: 0; padding: 1rem; }
main { max-width: 25rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; opacity: .8; text-wrap: pretty; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
<main>
<h1>This connection cannot be made</h1>
<p>The app that sent you here asked in a way that is not allowed. Nothing was shared. Go back to it and start again; if
that does not help, remove the connection there and add it anew.</p>
<p><code>${escapeHtml(code)}${description ? `: ${escapeHtml(description)}` : ""}</code></p>
</main>
</body>
</html>
`;
}
