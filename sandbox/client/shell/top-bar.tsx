import { useState } from 'preact/hooks';
import { useSelect } from '../state/store.tsx';
import { Icon } from '../ui/icon.tsx';
import { IdentitySwitch } from './identity-switch.tsx';
import { ToolsPanel } from './tools-panel.tsx';

/** Workspace, whether the app answers, tools, and who one is. */
export function TopBar() {
  const workspace = useSelect((state) => state.snapshot?.workspace);
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  const online = useSelect((state) => state.snapshot?.appOnline ?? false);
  const [tools, setTools] = useState(false);
  return (
    <header class="top-bar">
      <div class="workspace">
        <span class="workspace-mark" aria-hidden="true">
          {workspace?.name.charAt(0)}
        </span>
        <span class="workspace-name">{workspace?.name}</span>
        <span class="workspace-kind">Local workspace</span>
      </div>
      <span class={online ? 'app-state online' : 'app-state'} role="status">
        <i /> {app} is {online ? 'online' : 'offline'}
      </span>
      <button type="button" class="tools-button" aria-label="Workspace tools" onClick={() => setTools(true)}>
        <Icon name="tools" size={16} /> <span>Workspace tools</span>
      </button>
      <IdentitySwitch />
      {tools && <ToolsPanel onClose={() => setTools(false)} />}
    </header>
  );
}
