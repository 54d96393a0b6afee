package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.Set;

/**
 * Origins and redirects that are safe (安全域名).
 *
 * @param origins pages that may call (CORS, Fetch standard): {@code https://host} or {@code https://host:port}, exactly; also
 *     that of pages which reach their users through this gateway
 * @param credentials whether their browsers may send cookies along
 * @param exposed header fields of answers that their scripts may read
 * @param preflight how long a browser may remember what it may do
 * @param redirects hosts a {@code Location} may lead to: {@code host}, {@code host:port} or {@code *.domain}; always https.
 *     Paths of this gateway are safe
 * @param redirectParameters names of query and form parameters that hold a target to redirect to; they are checked too, and
 *     forms of several parts are refused where there are any
 */
public record DomainRule(
        Set<String> origins,
        Credentials credentials,
        Set<String> exposed,
        Duration preflight,
        Set<String> redirects,
        Set<String> redirectParameters) {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** No page of another origin, no redirect to another host. */
    public static final DomainRule NONE = new DomainRule(null, null, null, null, null, null);

    public DomainRule {
        origins = Absent.set(origins);
        credentials = credentials == null ? Credentials.OMIT : credentials;
        exposed = Absent.set(exposed);
        preflight = preflight == null ? TEN_MINUTES : preflight;
        redirects = Absent.set(redirects);
        redirectParameters = Absent.set(redirectParameters);
    }

    /** Cookies. */
    public enum Credentials {
        OMIT,
        INCLUDE
    }
}
