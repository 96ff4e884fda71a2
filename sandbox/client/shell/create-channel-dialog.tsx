import { useId, useState } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Asks for the name of a new channel and who may see it. */
export function CreateChannelDialog({ onClose }: { onClose: () => void }) {
  const actions = useActions();
  const id = useId();
  const [name, setName] = useState('');
  const [isPrivate, setPrivate] = useState(false);
  const [external, setExternal] = useState(false);
  const [error, setError] = useState<string>();
  const create = async () => {
    const answer = await actions.send('createChannel', { name, private: isPrivate, external });
    if (!answer.ok) return setError(answer.error);
    onClose();
    if (typeof answer['channel'] === 'string') actions.go({ type: 'channel', id: answer['channel'] });
  };
  const footer = (
    <>
      <button type="button" class="button" onClick={onClose}>
        Cancel
      </button>
      <button type="submit" form={`${id}-form`} class="button primary">
        Create
      </button>
    </>
  );
  return (
    <Dialog title="Create a channel" onClose={onClose} size="small" footer={footer}>
      <form
        id={`${id}-form`}
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <label class="input-label" for={id}>
          Name
        </label>
        <input
          id={id}
          class="text-input"
          value={name}
          maxLength={80}
          placeholder="e.g. acme-support"
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setName(event.currentTarget.value.toLowerCase().replaceAll(/\s/gu, '-'))}
        />
        {error !== undefined && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
        <p class="input-hint" id={`${id}-hint`}>
          Lower-case letters, numbers, hyphens and underscores.
        </p>
        <label class="choice">
          <input type="checkbox" checked={isPrivate} onChange={() => setPrivate(!isPrivate)} />
          <span>
            Private
            <span class="choice-detail">Only people who are invited see it</span>
          </span>
        </label>
        <label class="choice">
          <input type="checkbox" checked={external} onChange={() => setExternal(!external)} />
          <span>
            Shared with another company
            <span class="choice-detail">People of a connected organisation can be invited</span>
          </span>
        </label>
      </form>
    </Dialog>
  );
}
