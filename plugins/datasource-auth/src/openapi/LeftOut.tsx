import { OpenApiProposal } from 'backstage-plugin-datasource-auth-common';
import { Notice } from '../frame';
import { useText } from '../translation';

/** What isn't taken from the API description, with the reasons. Empty if everything is. */
export const LeftOut = ({ proposal }: { proposal: OpenApiProposal }) => {
  const t = useText();
  const { others, notes } = proposal;
  if (others.length + notes.length === 0) return null;
  return (
    <Notice severity="warning">
      {t('openapi.scheme.notes')}
      <ul>
        {others.map(({ name, type, reason }) => (
          <li key={name}>
            {t(`openapi.scheme.left.${reason}`, { name, type })}
          </li>
        ))}
        {notes.map(note => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  );
};
