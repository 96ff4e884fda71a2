import { useState } from 'preact/hooks';
import type { Channel } from '../../protocol.ts';
import { personRows, matchingRows, type Row } from '../blocks/select-model.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { nameOf } from '../text/mentions.tsx';
import { Avatar, Badges } from '../ui/avatar.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Who is in a channel, and a field to add others. */
export function MembersDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const actions = useActions();
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const members = people.filter((person) => channel.memberIds.includes(person.id));
  const others = personRows(people.filter((person) => !channel.memberIds.includes(person.id)));
  const [chosen, setChosen] = useState<Row[]>([]);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string>();
  const add = async () => {
    const answer = await actions.send('invite', { channel: channel.id, users: chosen.map((row) => row.key) });
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) setChosen([]);
  };
  return (
    <Dialog title={`Members of #${channel.name}`} onClose={onClose} size="small">
      <div class="input-label" id="add-people">
        Add people
      </div>
      <div class="add-row">
        <Combobox
          rows={matchingRows(others, typed)}
          chosen={chosen}
          many
          typed={typed}
          open={open}
          loading={false}
          busy={false}
          invalid={error !== undefined}
          empty="Nobody else"
          placeholder="Name"
          labelledBy="add-people"
          autofocus={false}
          onType={setTyped}
          onOpen={setOpen}
          onChoose={setChosen}
        />
        <button type="button" class="button primary" disabled={chosen.length === 0} onClick={() => void add()}>
          Add
        </button>
      </div>
      {error !== undefined && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <ul class="member-list" aria-label="Members">
        {members.map((person) => (
          <li key={person.id}>
            <Avatar person={person} size={32} />
            <span>
              <b>{nameOf(person)}</b> <Badges person={person} />
              <span class="menu-detail">{person.title}</span>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
