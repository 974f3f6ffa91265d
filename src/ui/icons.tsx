import type { Severity } from "../protocol/finding.ts";

const OCTAGON = "M5.9 1h8.2L19 5.9v8.2L14.1 19H5.9L1 14.1V5.9z";
const TRIANGLE =
  "M8.7 1.8a1.5 1.5 0 0 1 2.6 0l7.8 14.1a1.5 1.5 0 0 1-1.3 2.2H2.2a1.5 1.5 0 0 1-1.3-2.2z";
const DISC = "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18z";

/** A shape of its own for each severity, so that colour never speaks alone. */
const SHAPES: Record<Severity, { outline: string; sign: string }> = {
  fatal: { outline: OCTAGON, sign: "M10 5.4v5.4M10 14.1v.5" },
  problem: { outline: TRIANGLE, sign: "M10 6.6v5M10 14.8v.4" },
  note: { outline: DISC, sign: "M10 9.3v5M10 5.6v.4" },
  ok: { outline: DISC, sign: "M5.8 10.4l2.9 2.9 5.6-6" },
};

export function SeverityIcon({ severity }: { severity: Severity }) {
  const { outline, sign } = SHAPES[severity];
  return (
    <svg viewBox="0 0 20 20" width="22" height="22" aria-hidden="true">
      <path d={outline} fill={`var(--${severity})`} />
      <path d={sign} fill="none" stroke="var(--surface)" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}

export function CheckMark() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M3 8.5l3.2 3.2L13 4.6" fill="none" stroke="var(--ok)" strokeWidth="2" />
    </svg>
  );
}

export function Chevron({ towards }: { towards: "previous" | "next" }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d={towards === "next" ? "M6 3.5L10.5 8 6 12.5" : "M10 3.5L5.5 8 10 12.5"}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
      />
    </svg>
  );
}

/** Evidence of a cause, told apart from what is wrong. */
export function Fingerprint() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d="M2.4 9.6V7.5a5.6 5.6 0 0 1 11.2 0c0 2.2-.2 4-.7 5.6M5 13.2c.5-1.5.6-3.4.6-5.6a2.4 2.4 0 0 1 4.8 0c0 2.9-.3 5-1.1 7M8 7.6c0 3-.2 5-1 7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** One mark for two buffers side by side. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d="M10 1H5a4 4 0 0 0-4 4v10a4 4 0 0 0 4 4h5z" fill="var(--logo-left)" />
      <path d="M10 1h5a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4h-5z" fill="var(--logo-right)" />
    </svg>
  );
}
