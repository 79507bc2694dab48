import type { Role, Session } from '../api/session';
import { useMarketName } from '../i18n/markets';
import type { MessageId } from '../i18n/locales';
import { useText } from '../i18n/text';

const ROLES: Record<Role['role'], MessageId> = {
  owner: 'shell.role-owner',
  editor: 'shell.role-editor',
  analyst: 'shell.role-analyst',
  reviewer: 'shell.role-reviewer',
};

/** Who is logged in, and for which markets they may speak. */
export function Person({ user }: { user: Session['user'] }) {
  const t = useText();
  const marketName = useMarketName();
  const roles = user.roles.map(({ role, market }) => {
    const name = t(ROLES[role] ?? 'shell.role-reviewer');
    return market ? t('shell.role-in', { role: name, market: marketName(market) }) : name;
  });
  return (
    <div className="small">
      <bdi>
        <strong>{user.display_name}</strong>
      </bdi>
      <ul className="quiet" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {roles.map((role) => (
          <li key={role}>{role}</li>
        ))}
      </ul>
    </div>
  );
}
