import { CodeBlock } from "@/components/ui/copy";

/** What a token is and how to find a leaked one, folded away under the list. */
export function AboutTokens({ pattern }: { pattern: string }) {
  return (
    <details className="group rounded-xl border bg-surface px-5 py-3.5 text-sm shadow-card">
      <summary className="rounded font-medium text-soft hover:text-ink">About tokens</summary>
      <div className="grid max-w-prose gap-4 pt-3 text-soft leading-6">
        <p>
          A token opens the gateway of one workspace as one member, and nothing else: it cannot sign in, change settings
          or read a secret. It is <code className="font-mono text-ink">mwt_</code>, 43 characters of 256 random bits and
          a checksum of 6. Only its SHA-256 is stored, which is why it is shown once.
        </p>
        <p>
          Revoked, expired or with its member gone, it is refused on every node within a second, and its open streams
          are closed. A leaked token costs that one revocation; the API keys behind the servers never left.
        </p>
        <CodeBlock title="For secret scanners" label="pattern of a token" code={pattern} wrap />
        <p>
          Give the pattern to your secret scanner (gitleaks, trufflehog, push protection), so that a token committed by
          mistake is found before others find it. <code className="font-mono text-ink">SECURITY.md</code> in the source
          has the whole format.
        </p>
      </div>
    </details>
  );
}
