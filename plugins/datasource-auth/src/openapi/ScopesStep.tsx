import { useState } from 'react';
import { OpenApiScope } from 'backstage-plugin-datasource-auth-common';
import { scopeSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useAnnounce, useElementId } from '../frame';
import { useText } from '../translation';
import { OperationsChoice } from './OperationsChoice';
import { ScopeChecks } from './ScopeChecks';
import { StepFrame } from './StepFrame';
import { OpenApiImporting } from './useOpenApiImport';

/** Selects scopes that the API offers, and any others. */
export const ScopesStep = ({ importing }: { importing: OpenApiImporting }) => {
  const { chosen, choice, change, steps, next, back } = importing;
  const t = useText();
  const id = useElementId();
  const announce = useAnnounce();
  const [filter, setFilter] = useState('');
  const [added, setAdded] = useState('');
  const [wrong, setWrong] = useState(false);
  const { oauth } = chosen ?? {};
  const { operations = [], requiredScopes = [] } = oauth?.scheme ?? {};
  const [called, setCalled] = useState(() =>
    operations.map(({ operation }) => operation),
  );
  if (!oauth || !choice) return null;

  const selected = choice.scopes ?? [];
  const select = (scopes: string[]) => change({ scopes: [...new Set(scopes)] });
  const offered = oauth.flow.scopes;
  const known = new Set(offered.map(({ scope }) => scope));
  const listed: OpenApiScope[] = [
    ...offered,
    ...[...new Set([...requiredScopes, ...selected])]
      .filter(scope => !known.has(scope))
      .map(scope => ({
        scope,
        description: requiredScopes.includes(scope)
          ? t('openapi.scopes.requiredOnly')
          : t('openapi.scopes.own'),
      })),
  ];
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = listed.filter(({ scope, description = '' }) =>
    words.every(word => `${scope} ${description}`.toLowerCase().includes(word)),
  );

  const selectRequired = () => {
    const scopes =
      called.length === operations.length
        ? requiredScopes
        : operations
            .filter(({ operation }) => called.includes(operation))
            .flatMap(({ scopes: needed }) => needed);
    select(scopes);
    announce(
      t('openapi.scopes.requiredDone', {
        number: String(new Set(scopes).size),
      }),
    );
  };
  const add = () => {
    const scope = added.trim();
    const valid = scopeSchema.safeParse(scope).success;
    setWrong(!valid);
    if (!valid) return;
    select([...selected, scope]);
    setAdded('');
  };

  return (
    <StepFrame
      step="scopes"
      steps={steps}
      next={t('openapi.next')}
      onNext={added.trim() ? add : next}
      onBack={back}
    >
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        style={{ gap: 12 }}
      >
        <TextField
          id={`${id}-filter`}
          type="search"
          label={t('openapi.scopes.filter')}
          variant="outlined"
          size="small"
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
        {requiredScopes.length > 0 && (
          <Button variant="outlined" onClick={selectRequired}>
            {t('openapi.scopes.required')}
          </Button>
        )}
        <Typography variant="body2" role="status">
          {t('openapi.scopes.count', {
            selected: String(selected.length),
            total: String(listed.length),
          })}
        </Typography>
      </Box>
      <ScopeChecks
        legend={t('openapi.scopes.legend')}
        scopes={shown}
        selected={selected}
        onSelect={select}
      />
      {shown.length === 0 && (
        <Typography paragraph>
          {t(listed.length ? 'openapi.scopes.nothing' : 'openapi.scopes.none')}
        </Typography>
      )}
      <Box display="flex" alignItems="flex-start" style={{ gap: 12 }}>
        <TextField
          id={`${id}-add`}
          label={t('openapi.scopes.add')}
          variant="outlined"
          size="small"
          value={added}
          error={wrong}
          helperText={wrong ? t('openapi.scopes.wrong') : undefined}
          onChange={event => {
            setAdded(event.target.value);
            setWrong(false);
          }}
        />
        <Button variant="outlined" onClick={add}>
          {t('openapi.scopes.addButton')}
        </Button>
      </Box>
      {operations.length > 0 && (
        <OperationsChoice
          operations={operations}
          called={called}
          onChange={setCalled}
        />
      )}
    </StepFrame>
  );
};
