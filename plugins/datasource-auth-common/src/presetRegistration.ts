import { Preset, PresetWay } from './preset';

/**
 * Returns where to register at a provider, and the steps there that one way needs.
 *
 * @public
 */
export function presetRegistration(
  { registration }: Pick<Preset, 'registration'>,
  way: PresetWay,
): { url?: string; steps: string[] } {
  if (way === 'static' && registration.static) return registration.static;
  const { url, steps } = registration;
  return {
    url,
    steps: steps.flatMap(each => {
      if (typeof each === 'string') return each;
      return each.ways.includes(way) ? each.step : [];
    }),
  };
}
