/** The gate of a serai, and its name. */
export function Mark() {
  return (
    <span className="mark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect className="mark-ground" width="32" height="32" rx="7" />
        <path className="mark-gate" d="M7 26V13l9-7 9 7v13h-5v-7a4 4 0 0 0-8 0v7z" />
      </svg>
      <span>Serai</span>
    </span>
  );
}
