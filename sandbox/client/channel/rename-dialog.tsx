import { useState } from 'preact/hooks';
import type { Channel } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { NameForm } from '../ui/name-form.tsx';

/** Asks for a channel's new name. */
export function RenameDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const actions = useActions();
  const [name, setName] = useState(channel.name);
  const rename = async () => {
    const answer = await actions.send('renameChannel', { channel: channel.id, name });
    if (!answer.ok) return answer.error;
    onClose();
    return undefined;
  };
  return (
    <NameForm title="Rename channel" verb="Rename" name={name} onName={setName} onSubmit={rename} onClose={onClose} />
  );
}
