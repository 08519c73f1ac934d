import { useEffect, useRef } from 'react';
import MuiLink from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import { fieldElementId } from '../fields/useSetting';
import { Notice } from '../frame';
import { useText } from '../translation';
import { NamedFault } from './useEditorForm';

/** Lists the errors of the form with links to the fields. Gets the focus when it appears. */
export const ErrorSummary = ({ faults }: { faults: NamedFault[] }) => {
  const t = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (faults.length) heading.current?.focus();
  }, [faults]);
  if (!faults.length) return null;
  return (
    <Notice severity="error">
      <Typography
        ref={heading}
        tabIndex={-1}
        variant="subtitle2"
        component="h3"
      >
        {t('editor.errors', { count: faults.length })}
      </Typography>
      <ul>
        {faults.map(({ field, message }) => (
          <li key={field?.id ?? message}>
            {field ? (
              <MuiLink
                href={`#${fieldElementId(field.id)}`}
                onClick={(event: { preventDefault: () => void }) => {
                  event.preventDefault();
                  document.getElementById(fieldElementId(field.id))?.focus();
                }}
              >
                {t(`field.${field.id}`)}: {message}
              </MuiLink>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
};
