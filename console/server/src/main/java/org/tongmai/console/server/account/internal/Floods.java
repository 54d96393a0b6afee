package org.tongmai.console.server.account.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Failed logins of a network in a minute. Beyond the bound nothing that comes from it is hashed: hashing is slow on purpose. */
public final class Floods {
    private static final int MOST_NETWORKS = 10_000;
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final Map<String, Window> networks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_NETWORKS;
        }
    };

    private record Window(long since, int failures) {
        boolean isOver() {
            return System.nanoTime() - since > WINDOW;
        }
    }

    /** @param most failures of one network in a minute */
    public Floods(int most) {
        this.most = most;
    }

    /** @throws CodedException {@link ConsoleError#TOO_MANY_LOGINS} */
    void refuse(String network) {
        synchronized (networks) {
            Window window = networks.get(network);
            if (window != null && !window.isOver() && window.failures() >= most) {
                throw tooMany("failed from this network in a minute: " + window.failures());
            }
        }
    }

    void failed(String network) {
        synchronized (networks) {
            Window window = networks.remove(network);
            boolean goesOn = window != null && !window.isOver();
            networks.put(
                    network,
                    goesOn ? new Window(window.since(), window.failures() + 1) : new Window(System.nanoTime(), 1));
        }
    }

    static CodedException tooMany(String found) {
        return new CodedException(Issue.of(ConsoleError.TOO_MANY_LOGINS, "", "found: " + found));
    }
}
