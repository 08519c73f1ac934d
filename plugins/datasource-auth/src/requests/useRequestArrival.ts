import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { Failure } from '../failures/failure';
import { openedLink } from './sessionMemory';

/** The state of a history entry for a request's page. Unlike the address, nothing reports it. */
export interface RequestArrival {
  /** Secret of the link. */
  secret?: string;
  /** Result of the approval at the provider. */
  approved?: boolean;
  failure?: Failure;
}

/** Returns the secret of this page's request, and the result of the approval at the provider. */
export function useRequestArrival(): RequestArrival {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const arrival = (state ?? {}) as RequestArrival;
  // If the router existed before the plugin, its address still has the link's secret.
  const secret = hash.slice(1) || arrival.secret || openedLink.get();
  const moved = secret !== arrival.secret;

  useEffect(() => {
    openedLink.take();
    if (moved || hash) {
      navigate({ pathname, search }, { replace: true, state: { secret } });
    }
  }, [moved, secret, hash, pathname, search, navigate]);

  return moved ? { secret } : arrival;
}
