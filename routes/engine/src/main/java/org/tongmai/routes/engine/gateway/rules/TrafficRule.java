package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How many calls, how long, how often again.
 *
 * @param timeout how long one attempt may take (超时)
 * @param timeoutRetries attempts after a time-out, 0 to 3 (超时重试)
 * @param errorRetries attempts after an error, 0 to 2 (异常重试)
 * @param idempotent methods that may be tried again; others only where the connection could not even be made
 * @param errorStatuses statuses, of 500 to 599, by which the service says that it failed: they are tried again as errors, and
 *     count for the breaker; 504 is a time-out. A fault of SOAP is an answer all the same
 * @param rate calls of everybody together
 * @param addressRate calls of one address
 * @param breaker when the service is left alone (熔断)
 * @param cache whether answers are kept; null for no
 * @param copy whether calls are copied to another target; null for no
 */
public record TrafficRule(
        Duration timeout,
        int timeoutRetries,
        int errorRetries,
        List<String> idempotent,
        Set<Integer> errorStatuses,
        Rate rate,
        Rate addressRate,
        Breaker breaker,
        Cache cache,
        Copy copy) {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    /** Five seconds, never again. */
    public static final TrafficRule DEFAULT = new TrafficRule(null, 0, 0, null, null, null, null, null, null, null);

    public TrafficRule {
        timeout = timeout == null ? FIVE_SECONDS : timeout;
        idempotent = idempotent == null ? List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE") : List.copyOf(idempotent);
        errorStatuses = Absent.set(errorStatuses == null ? Set.of(500, 502, 503, 504) : errorStatuses);
        rate = rate == null ? Rate.NONE : rate;
        addressRate = addressRate == null ? Rate.NONE : addressRate;
        breaker = breaker == null ? Breaker.DEFAULT : breaker;
    }

    /**
     * When a service is left alone.
     *
     * @param concurrency most calls at once, over all nodes together: each living node takes its part, at least one; what the
     *     service can really do may be found to be less
     * @param errorPercent of calls that fail, from which on it is left alone
     * @param minimumCalls calls before that is judged
     * @param window time over which calls are judged
     * @param open how long it is left alone
     * @param probes calls that are then let through to see whether it recovered
     */
    public record Breaker(
            int concurrency, int errorPercent, int minimumCalls, Duration window, Duration open, int probes) {
        static final Breaker DEFAULT = new Breaker(0, 0, 0, null, null, 0);

        public Breaker {
            concurrency = concurrency == 0 ? 500 : concurrency;
            errorPercent = errorPercent == 0 ? 50 : errorPercent;
            minimumCalls = minimumCalls == 0 ? 20 : minimumCalls;
            window = window == null ? Duration.ofSeconds(10) : window;
            open = open == null ? Duration.ofSeconds(5) : open;
            probes = probes == 0 ? 3 : probes;
        }
    }

    /**
     * How answers are kept (响应缓存).
     *
     * @param level for whom
     * @param time how long
     * @param parameters query parameters that make a difference, and of POST also members of the JSON and fields of the form;
     *     empty for all, and for the whole content
     * @param entries most answers kept of the service, of 16 KB each; larger ones count for more
     * @param methods whose answers are kept, of GET, HEAD and, where {@code idempotent} has it, POST; GET and HEAD where
     *     nothing is said
     * @param headers whether what the service says of keeping its answers counts
     */
    public record Cache(
            CacheLevel level,
            Duration time,
            List<String> parameters,
            int entries,
            List<String> methods,
            CacheHeaders headers) {
        public Cache {
            methods = methods == null ? List.of("GET", "HEAD") : List.copyOf(methods);
            headers = headers == null ? CacheHeaders.OBEY : headers;
            level = level == null ? CacheLevel.APPLICATION : level;
            time = time == null ? Duration.ofSeconds(10) : time;
            parameters = Absent.list(parameters);
            entries = entries == 0 ? 1_000 : entries;
        }
    }

    /**
     * A share of the calls goes to another target too (流量复制), after the answer, and what it answers is only compared.
     *
     * @param url of the target
     * @param percent how many of the calls, 1 to 100; 0 for all
     * @param methods HTTP methods that are copied; GET alone where nothing is said
     * @param compare what must be alike
     * @param members JSON pointers (RFC 6901) of what must be alike, for {@link Comparison#MEMBERS}
     * @param atOnce most copies under way; a call above that is not copied
     */
    public record Copy(
            String url, int percent, List<String> methods, Comparison compare, List<String> members, int atOnce) {
        public Copy {
            url = Absent.text(url);
            percent = percent == 0 ? 100 : percent;
            methods = methods == null ? List.of("GET") : List.copyOf(methods);
            compare = compare == null ? Comparison.STATUS : compare;
            members = Absent.list(members);
            atOnce = atOnce == 0 ? 16 : atOnce;
        }
    }

    /** What of two answers must be alike. */
    public enum Comparison {
        STATUS,
        /** The status, and some members of the JSON. */
        MEMBERS,
        /** The status, and the JSON whatever the order of its members; other contents byte by byte. */
        CONTENT
    }

    /** Whether Cache-Control (RFC 9111) and Vary (RFC 9110, 12.5.5) of an answer count. */
    public enum CacheHeaders {
        OBEY,
        /** The rule decides. An answer that sets a cookie is not kept all the same, nor a private one for everybody. */
        IGNORE
    }

    /** For whom an answer is kept. */
    public enum CacheLevel {
        /** The same for everybody. */
        EVERYBODY,
        /** For the application that asked; at the user gateway for the user. */
        APPLICATION
    }
}
