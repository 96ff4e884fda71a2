import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

type Props = {
  title: string;
  /** on the button that sends it */
  verb: string;
  name: string;
  maxLength?: number;
  placeholder?: string;
  hint?: string;
  onName: (name: string) => void;
  /** does it, and answers with a sentence where it cannot be done */
  onSubmit: () => Promise<string | undefined>;
  onClose: () => void;
  canCancel?: boolean;
  /** what else is asked, below the name */
  children?: ComponentChildren;
};

/** A dialog that asks for a name. */
export function NameForm({ title, verb, name, hint, onName, onSubmit, onClose, children, ...more }: Props) {
  const { maxLength, placeholder, canCancel = false } = more;
  const id = useId();
  const [error, setError] = useState<string>();
  const footer = (
    <>
      {canCancel && (
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
      )}
      <button type="submit" form={`${id}-form`} class="button primary">
        {verb}
      </button>
    </>
  );
  return (
    <Dialog title={title} onClose={onClose} size="small" footer={footer}>
      <form
        id={`${id}-form`}
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit().then(setError);
        }}
      >
        <label class="input-label" for={id}>
          Name
        </label>
        <input
          id={id}
          class="text-input"
          value={name}
          maxLength={maxLength}
          placeholder={placeholder}
          aria-invalid={error !== undefined}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onInput={(event) => onName(event.currentTarget.value)}
        />
        {error !== undefined && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
        {hint !== undefined && (
          <p class="input-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {children}
      </form>
    </Dialog>
  );
}
