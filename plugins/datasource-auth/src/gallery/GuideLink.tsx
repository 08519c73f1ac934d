import { Link } from '@backstage/core-components';
import { Preset } from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';

/** Links to the page about a preset, if there is one. */
export const GuideLink = ({ preset }: { preset: Pick<Preset, 'guide'> }) => {
  const t = useText();
  return preset.guide ? (
    <Link to={preset.guide}>{t('gallery.guide')}</Link>
  ) : null;
};
