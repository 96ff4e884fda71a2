import { useEffect, useState } from 'preact/hooks';
import type { View } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { useContextStore, useSelect } from '../state/store.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Blocks } from './blocks.tsx';
import { checkForm } from './form.ts';

const none: View[] = [];

/** The app's modals: the top one is shown, with a way back to the one below. */
export function ModalStack() {
  const modals = useSelect((state) => state.snapshot?.modals) ?? none;
  const top = modals.at(-1);
  return top ? <Modal view={top} depth={modals.length} /> : null;
}

function readErrors(answer: Record<string, unknown>): Record<string, string> {
  const errors = answer['errors'];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is fixed by ../../protocol.ts
  return typeof errors === 'object' && errors !== null ? (errors as Record<string, string>) : {};
}

function focusFirstError(): void {
  document.querySelector<HTMLElement>('.dialog .block-input.invalid :is(input, textarea)')?.focus();
}

function Modal({ view, depth }: { view: View; depth: number }) {
  const actions = useActions();
  const store = useContextStore();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    setSending(false);
    setFailure(undefined);
  }, [view.id]);
  const refuse = (found: Record<string, string>) => {
    store.dispatch({ type: 'errors', form: view.id, errors: found });
    if (Object.keys(found).length > 0) requestAnimationFrame(focusFirstError);
  };
  const submit = async () => {
    if (sending) return;
    const values = store.get().forms[view.id]?.values ?? {};
    const missing = checkForm(view.blocks, values);
    refuse(missing);
    if (Object.keys(missing).length > 0) return;
    setSending(true);
    setFailure(undefined);
    const answer = await actions.send('submit', { viewId: view.id, state: values });
    setSending(false);
    if (!answer.ok) setFailure(answer.error);
    else refuse(readErrors(answer));
  };
  const close = (clear: boolean) =>
    void actions.tell('closeView', clear ? { viewId: view.id, clear } : { viewId: view.id });
  const formId = `form-${view.id}`;
  const footer = (
    <>
      <button type="button" class="button" onClick={() => close(false)}>
        {view.close ?? (view.submit === undefined ? 'Close' : 'Cancel')}
      </button>
      {view.submit !== undefined && (
        <button type="submit" form={formId} class="button primary" aria-busy={sending}>
          {sending && <Spinner />}
          <span class="button-words">{view.submit}</span>
        </button>
      )}
    </>
  );
  return (
    <Dialog
      title={view.title}
      focusKey={view.id}
      footer={footer}
      onClose={() => close(depth > 1)}
      onBack={depth > 1 ? () => close(false) : undefined}
    >
      {failure !== undefined && (
        <p class="modal-failure" role="alert">
          {failure}
        </p>
      )}
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Blocks key={view.id} blocks={view.blocks} container={{ type: 'view', viewId: view.id }} formKey={view.id} />
      </form>
    </Dialog>
  );
}
