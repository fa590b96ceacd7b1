import { Check, Plus, Trash2, X } from "lucide-react";
import { Badge, Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Kbd } from "@/components/ui/kbd";
import { Monogram } from "@/components/ui/monogram";
import { Spinner } from "@/components/ui/spinner";

const VARIANTS = ["primary", "secondary", "ghost", "danger", "quietDanger"] as const;
const TONES = ["neutral", "accent", "good", "warn", "bad"] as const;

export function Actions() {
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm">Small</Button>
        <Button size="lg">Large</Button>
        <Button>
          <Plus aria-hidden /> With icon
        </Button>
        <Button pending>Saving</Button>
        <Button disabled>Disabled</Button>
        <Button variant="ghost" size="icon" aria-label="Delete">
          <Trash2 aria-hidden />
        </Button>
        <CopyButton text="copied" label="Copy this" />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone === "bad" ? <X aria-hidden /> : <Check aria-hidden />} {tone}
          </Badge>
        ))}
        {TONES.map((tone) => (
          <span key={tone} className="flex items-center gap-1.5 text-soft text-xs">
            <Dot tone={tone} live={tone === "accent"} /> {tone}
          </span>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Monogram name="GitHub" />
        <Monogram name="Alice Chen" round />
        <Monogram name="東京" round />
        <Spinner />
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </div>
    </>
  );
}
