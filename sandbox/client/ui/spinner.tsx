/** Turns while something is under way. The control around it says what. */
export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}
