"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./cn";

interface FieldState {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}
const FieldContext = createContext<FieldState | null>(null);

/** Attributes that tie an input to the label, hint and error of the `Field` around it. */
export function useFieldAttributes() {
  const field = useContext(FieldContext);
  return field
    ? { id: field.id, "aria-describedby": field.describedBy, "aria-invalid": field.invalid || undefined }
    : {};
}

interface FieldProps {
  label: string;
  /** Said below the input as long as there is no error. */
  hint?: ReactNode;
  error?: string;
  /** Right of the label, e.g. "optional". */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** Label, input, hint and error, wired for screen readers. */
export function Field({ label, hint, error, aside, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const state = { id, describedBy: hint || error ? noteId : undefined, invalid: Boolean(error) };
  return (
    <FieldContext value={state}>
      <div className={cn("grid content-start gap-1.5", className)}>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="font-medium text-sm">
            {label}
          </label>
          {aside && <span className="text-faint text-xs">{aside}</span>}
        </div>
        {children}
        {error ? (
          <p id={noteId} role="alert" className="flex items-start gap-1.5 text-bad text-xs leading-5">
            <CircleAlert aria-hidden className="mt-[3px] size-3.5 shrink-0" />
            {error}
          </p>
        ) : (
          hint && (
            <div id={noteId} className="text-faint text-xs leading-5">
              {hint}
            </div>
          )
        )}
      </div>
    </FieldContext>
  );
}
