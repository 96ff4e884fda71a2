import { useState } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { NameForm } from '../ui/name-form.tsx';

/** Asks for the name of a new channel and who may see it. */
export function CreateChannelDialog({ onClose }: { onClose: () => void }) {
  const actions = useActions();
  const [name, setName] = useState('');
  const [isPrivate, setPrivate] = useState(false);
  const [external, setExternal] = useState(false);
  const create = async () => {
    const answer = await actions.send('createChannel', { name, private: isPrivate, external });
    if (!answer.ok) return answer.error;
    onClose();
    if (typeof answer['channel'] === 'string') actions.go({ type: 'channel', id: answer['channel'] });
    return undefined;
  };
  return (
    <NameForm
      title="Create a channel"
      verb="Create"
      name={name}
      maxLength={80}
      placeholder="e.g. acme-support"
      hint="Lower-case letters, numbers, hyphens and underscores."
      onName={(typed) => setName(typed.toLowerCase().replaceAll(/\s/gu, '-'))}
      onSubmit={create}
      onClose={onClose}
      canCancel
    >
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
    </NameForm>
  );
}
