import { ReactNode, useEffect, useState } from 'react';
import { get } from 'react-hook-form';
import {
  DatasourceSettingsView,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useEditorFacts } from '../fields/EditorContext';
import { useElementId } from '../frame';
import {
  ADVANCED_AREAS,
  FieldArea,
  FIELD_LIST,
  fieldOfPath,
  FIELDS,
  FieldSpec,
} from '../kinds';
import {
  isShown,
  missingFields,
  missingInstanceValues,
  missingSecretValues,
} from '../settings/requiredFields';
import {
  changedFields,
  EditorValues,
  formOfSettings,
} from '../settings/settingsForm';
import { useText } from '../translation';
import { Area } from './Area';
import { NamedFault } from './useEditorForm';
import { SettingSearch } from './useSettingSearch';

const Collapsible = (props: {
  title: string;
  /** Level of the heading. */
  level: 'h3' | 'h4';
  /** The number of settings inside that differ from the default. */
  deviating: number;
  startsOpen: boolean;
  /** Whether a setting inside has an error or is missing, so that it must be visible. */
  needed: boolean;
  /** Whether it contains what the user searches for. It is open meanwhile. */
  found: boolean;
  children: ReactNode;
}) => {
  const { title, level, deviating, startsOpen, needed, found, children } =
    props;
  const t = useText();
  const id = useElementId();
  const [open, setOpen] = useState(startsOpen || needed);
  useEffect(() => {
    if (needed) setOpen(true);
  }, [needed]);
  return (
    <Accordion
      expanded={open || found}
      onChange={(_, expanded) => setOpen(expanded)}
      TransitionProps={{ unmountOnExit: true, timeout: 0 }}
      variant={level === 'h3' ? 'elevation' : 'outlined'}
    >
      <Typography component={level}>
        <AccordionSummary
          id={`${id}-summary`}
          aria-controls={`${id}-content`}
          expandIcon={<ExpandMoreIcon />}
        >
          <Typography component="span">{title}</Typography>
          {deviating > 0 && (
            <Box ml={1}>
              <Chip
                size="small"
                label={deviating}
                aria-label={t('editor.advancedCount', { count: deviating })}
              />
            </Box>
          )}
        </AccordionSummary>
      </Typography>
      <AccordionDetails id={`${id}-content`}>
        <Box width="100%">{children}</Box>
      </AccordionDetails>
    </Accordion>
  );
};

/**
 * The settings that few datasources need, by area. An area starts open if a setting in it differs from the default.
 * Everything opens for an error inside, for a required setting that is missing, for the focus, and for a search.
 */
export const AdvancedSettings = (props: {
  values: EditorValues;
  faults: NamedFault[];
  /** The setting that gets the focus at first. */
  focus?: FieldSpec;
  search: Pick<SettingSearch, 'active' | 'isFound'>;
}) => {
  const { values, faults, focus, search } = props;
  const t = useText();
  const { stored } = useEditorFacts();
  // A grant can have defaults of its own.
  const { grantType } = get(values, 'auth') as { grantType: GrantType };
  const usual = formOfSettings({
    auth: { grantType },
  } as Partial<DatasourceSettingsView>);
  const deviating = changedFields(usual, values);
  const of = (fields: readonly (FieldSpec | undefined)[], area: FieldArea) =>
    fields.filter(field => field?.area === area).length;
  const needed = [
    focus,
    ...faults.map(({ field }) => field),
    ...missingFields(values, stored),
    ...missingSecretValues(values).map(fieldOfPath),
    ...missingInstanceValues(values).map(() => FIELDS.instance),
  ];
  const areas = ADVANCED_AREAS.map(area => ({
    area,
    fields: FIELD_LIST.filter(
      field =>
        field.area === area &&
        isShown(field, values, stored) &&
        search.isFound(field),
    ),
    deviating: of(deviating, area),
    needed: of(needed, area) > 0,
  })).filter(({ fields }) => fields.length > 0);

  if (areas.length === 0) return null;
  return (
    <Collapsible
      title={t('editor.advanced')}
      level="h3"
      deviating={areas.reduce((sum, area) => sum + area.deviating, 0)}
      startsOpen={false}
      needed={areas.some(area => area.needed)}
      found={search.active}
    >
      {areas.map(({ area, fields, ...state }) => (
        <Collapsible
          key={area}
          title={t(`editor.area.${area}`)}
          level="h4"
          startsOpen={state.deviating > 0}
          found={search.active}
          {...state}
        >
          <Area fields={fields} values={values} />
        </Collapsible>
      ))}
    </Collapsible>
  );
};
