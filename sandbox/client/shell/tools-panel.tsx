import { useState } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { sortPeople } from './identity.ts';
import { KnobsForm } from './knobs-form.tsx';
import { PersonTools } from './person-tools.tsx';

/** What only a workspace on one's own machine can do: change what people are doing, cause faults, start over. */
export function ToolsPanel({ onClose }: { onClose: () => void }) {
  const actions = useActions();
  const everybody = useSelect((state) => state.everybody);
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  const [asking, setAsking] = useState(false);
  const reset = async () => {
    setAsking(false);
    const answer = await actions.tell('reset', {});
    if (answer.ok) onClose();
  };
  const footer = (
    <button type="button" class="button danger-quiet" onClick={() => setAsking(true)}>
      Reset the workspace…
    </button>
  );
  return (
    <Dialog title="Workspace tools" onClose={onClose} footer={footer}>
      <h3 class="tools-heading">People</h3>
      <p class="input-hint">What Slack says of everybody here: {app} sees the change as it would see it in Slack.</p>
      <ul class="tools-people" aria-label="People">
        {sortPeople(everybody.filter(({ role }) => role !== 'bot')).map((person) => (
          <PersonTools key={person.id} person={person} />
        ))}
      </ul>
      <KnobsForm />
      {asking && (
        <Ask
          title="Reset the workspace?"
          text={`This clears everything in the local Slack and everything ${app} has stored, and starts from the beginning. It cannot be undone.`}
          confirm="Reset"
          deny="Cancel"
          danger
          onConfirm={() => void reset()}
          onDeny={() => setAsking(false)}
        />
      )}
    </Dialog>
  );
}
