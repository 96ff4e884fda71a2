import { useId, useState } from 'preact/hooks';
import type { Channel } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Asks for a channel's new name. */
export function RenameDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const actions = useActions();
  const id = useId();
  const [name, setName] = useState(channel.name);
  const [error, setError] = useState<string>();
  const rename = async () => {
    const answer = await actions.send('renameChannel', { channel: channel.id, name });
    if (answer.ok) onClose();
    else setError(answer.error);
  };
  const footer = (
    <button type="submit" form={`${id}-form`} class="button primary">
      Rename
    </button>
  );
  return (
    <Dialog title="Rename channel" onClose={onClose} size="small" footer={footer}>
      <form
        id={`${id}-form`}
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <label class="input-label" for={id}>
          Name
        </label>
        <input
          id={id}
          class="text-input"
          value={name}
          aria-invalid={error !== undefined}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        {error !== undefined && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
