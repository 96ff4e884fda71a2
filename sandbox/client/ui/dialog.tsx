import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

type Props = {
  title: string;
  onClose: () => void;
  onBack?: (() => void) | undefined;
  children: ComponentChildren;
  footer?: ComponentChildren;
  size?: 'small' | 'medium';
  /** changes when the content is another one, so that the focus starts anew */
  focusKey?: string;
};

function focusFirst(dialog: HTMLElement): void {
  const wanted =
    dialog.querySelector<HTMLElement>('[data-autofocus]') ??
    dialog.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select):not([type=hidden])') ??
    dialog.querySelector<HTMLElement>('.dialog-footer button.primary, .dialog-footer button');
  (wanted && chosenOf(wanted))?.focus();
}

/** Of radio buttons the one that is chosen: arrows move on from it. */
function chosenOf(wanted: HTMLElement): HTMLElement {
  if (!(wanted instanceof HTMLInputElement) || wanted.type !== 'radio') return wanted;
  const group = wanted.closest('fieldset, [role=radiogroup], .choices') ?? wanted;
  return group.querySelector<HTMLElement>('input[type=radio]:checked') ?? wanted;
}

/** A modal dialog: the rest of the page is inert, Escape asks to close, the focus returns to where it was. */
export function Dialog({ title, onClose, onBack, children, footer, size = 'medium', focusKey = '' }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useLayoutEffect(() => {
    if (element.current) focusFirst(element.current);
  }, [focusKey]);
  return (
    <dialog
      ref={element}
      class={`dialog dialog-${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // Browsers let a second Escape through even where `cancel` was prevented, and would close the dialog behind our back.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header class="dialog-head">
        {onBack && (
          <button type="button" class="icon-button" aria-label="Back" title="Back" onClick={onBack}>
            <Icon name="back" />
          </button>
        )}
        <h2 id={id}>{title}</h2>
        <button type="button" class="icon-button" aria-label="Close dialog" title="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="dialog-body">{children}</div>
      {footer !== undefined && <footer class="dialog-footer">{footer}</footer>}
    </dialog>
  );
}

type AskProps = {
  title: string;
  text: ComponentChildren;
  confirm: string;
  deny: string;
  danger?: boolean;
  onConfirm: () => void;
  onDeny: () => void;
};

/** A question with two answers, asked before something happens. */
export function Ask({ title, text, confirm, deny, danger = false, onConfirm, onDeny }: AskProps) {
  const footer = (
    <>
      <button type="button" class="button" onClick={onDeny}>
        {deny}
      </button>
      <button type="button" data-autofocus class={danger ? 'button danger' : 'button primary'} onClick={onConfirm}>
        {confirm}
      </button>
    </>
  );
  return (
    <Dialog title={title} onClose={onDeny} size="small" footer={footer}>
      {text}
    </Dialog>
  );
}
