import { Preset } from 'backstage-plugin-datasource-auth-common';
import { ProviderMark, usePaths } from '../frame';
import { CardGrid, LinkCard } from '../frame/LinkCard';
import { useText } from '../translation';
import { accessesOf } from './access';

/** A card for each preset with its name, benefit, and how it gets access. */
export const PresetCards = ({ presets }: { presets: Preset[] }) => {
  const t = useText();
  const paths = usePaths();
  return (
    <CardGrid label={t('gallery.list')}>
      {presets.map(preset => (
        <li key={preset.id}>
          <LinkCard
            to={paths.provider(preset.id)}
            title={preset.title}
            mark={<ProviderMark title={preset.title} />}
            meta={accessesOf(preset.ways)
              .map(access => t(`gallery.access.${access}`))
              .join(' · ')}
            text={preset.benefit}
          />
        </li>
      ))}
    </CardGrid>
  );
};
