import { LRUCache } from 'lru-cache';
import { EVERY_KEY, type Invalidations } from './invalidations';

export interface CoherentCacheOptions<V> {
  /** what `Invalidations.publish` names; one topic may have several caches */
  topic: string;
  /** entries kept; as many again for keys that were found to have no value */
  max: number;
  /** an upper bound for a value that nobody invalidates; none by default */
  ttlSeconds?: number;
  /** how long "there is no such thing" is believed; 0 turns it off */
  negativeTtlSeconds?: number;
  load: (key: string) => Promise<V | null>;
}

const DEFAULT_NEGATIVE_TTL_SECONDS = 30;

/**
 * A bounded cache that follows invalidations from every instance within a second.
 * While they cannot be heard it is empty and every call loads.
 */
export class CoherentCache<V extends NonNullable<unknown>> {
  private readonly values: LRUCache<string, V>;
  private readonly absent: LRUCache<string, true>;
  // A load belongs to the cache only as long as it is in here: an invalidation removes it, and its value is not kept.
  private readonly loads = new Map<string, Promise<V | null>>();
  private readonly load: (key: string) => Promise<V | null>;
  private readonly keepsAbsent: boolean;

  constructor(
    private readonly invalidations: Invalidations,
    options: CoherentCacheOptions<V>,
  ) {
    const { topic, max, ttlSeconds, negativeTtlSeconds = DEFAULT_NEGATIVE_TTL_SECONDS, load } = options;
    this.load = load;
    this.keepsAbsent = negativeTtlSeconds > 0;
    // A bound by size takes memory for what is kept; one by `max` takes it for all that might be, ten megabytes in sum.
    const bound = { maxSize: max, sizeCalculation: () => 1 };
    this.values = new LRUCache(ttlSeconds === undefined ? bound : { ...bound, ttl: ttlSeconds * 1000 });
    this.absent = new LRUCache({ ...bound, ttl: Math.max(1, negativeTtlSeconds * 1000) });
    invalidations.on(topic, (key) => this.invalidate(key));
  }

  /** The value in memory, without a question to anybody; undefined when it has to be loaded. */
  peek(key: string): V | undefined {
    return this.values.get(key);
  }

  /** From memory, else loaded; callers that ask for one key at once share one load. */
  get(key: string): Promise<V | null> {
    const value = this.values.get(key);
    if (value !== undefined) return Promise.resolve(value);
    if (this.keepsAbsent && this.absent.get(key)) return Promise.resolve(null);
    if (!this.invalidations.coherent) return this.load(key);
    return this.loads.get(key) ?? this.startLoad(key);
  }

  private startLoad(key: string): Promise<V | null> {
    const load: Promise<V | null> = this.load(key).then(
      (value) => {
        if (this.loads.get(key) === load) this.keep(key, value);
        return value;
      },
      (error: unknown) => {
        if (this.loads.get(key) === load) this.loads.delete(key);
        throw error;
      },
    );
    this.loads.set(key, load);
    return load;
  }

  private keep(key: string, value: V | null): void {
    this.loads.delete(key);
    if (value !== null) this.values.set(key, value);
    else if (this.keepsAbsent) this.absent.set(key, true);
  }

  private invalidate(key: string): void {
    if (key !== EVERY_KEY) {
      this.loads.delete(key);
      this.values.delete(key);
      this.absent.delete(key);
      return;
    }
    this.loads.clear();
    this.values.clear();
    this.absent.clear();
  }
}
