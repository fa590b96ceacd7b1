/** Tailwind 4 is configured in `app/globals.css`; PostCSS only runs it. */
export default { plugins: { "@tailwindcss/postcss": {} } };
