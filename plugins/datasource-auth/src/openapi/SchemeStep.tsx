import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { Notice } from '../frame';
import { Text, useText } from '../translation';
import { ImportWay, isOffered, placesOfKeys, wayName } from './importWays';
import { LeftOut } from './LeftOut';
import { StepFrame } from './StepFrame';
import { OpenApiImporting } from './useOpenApiImport';

/** Information about a way. */
function remarkOf(t: Text, { oauth, keys, unusable }: ImportWay): string {
  if (unusable) return t(`openapi.scheme.unusable.${unusable}`);
  if (!oauth && !keys) return t('openapi.scheme.otherRemark');
  const beside = oauth?.scheme.keys ?? [];
  return [
    oauth?.flow.insteadOfImplicit && t('openapi.scheme.insteadOfImplicit'),
    ...(oauth?.flow.missing ?? []).map(name =>
      t('openapi.scheme.missing', { name }),
    ),
    ...placesOfKeys(t, keys ?? beside),
    oauth?.scheme.description,
    ...(keys ?? []).map(({ description }) => description),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Lists all ways to authenticate of the description, and why some can't be used. */
export const SchemeStep = ({ importing }: { importing: OpenApiImporting }) => {
  const { proposal, ways, chosen, choose, steps, next, back } = importing;
  const t = useText();
  if (!proposal) return null;
  return (
    <StepFrame
      step="scheme"
      steps={steps}
      next={t('openapi.next')}
      onNext={next}
      onBack={back}
    >
      <FormControl component="fieldset" fullWidth margin="normal">
        <FormLabel component="legend">{t('openapi.scheme.legend')}</FormLabel>
        <RadioGroup
          aria-label={t('openapi.scheme.legend')}
          value={chosen ? String(ways.indexOf(chosen)) : ''}
          onChange={event => choose(ways[Number(event.target.value)])}
        >
          {ways.map((each, index) => (
            <FormControlLabel
              key={`${each.scheme} ${each.flow}`}
              value={String(index)}
              disabled={Boolean(each.unusable)}
              control={<Radio color="primary" />}
              label={
                <>
                  {wayName(t, each)}
                  <Typography variant="body2" color="textSecondary">
                    {remarkOf(t, each)}
                  </Typography>
                </>
              }
            />
          ))}
        </RadioGroup>
      </FormControl>
      {!ways.some(isOffered) && (
        <Notice severity="info">{t('openapi.scheme.none')}</Notice>
      )}
      <LeftOut proposal={proposal} />
    </StepFrame>
  );
};
