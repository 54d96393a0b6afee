package org.tongmai.routes.engine.gateway.domains;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells addresses that lead to this gateway or a safe host from others, as the most lenient browser reads them. */
final class SafeTargets {
    /** Visible characters but quotes, angle brackets and the backslash, which browsers take for a slash. */
    private static final Pattern PLAIN = Pattern.compile("[!#-;=?-\\[\\]^_a-z~|]+");

    private static final Pattern ABSOLUTE = Pattern.compile("https://([A-Za-z0-9.-]+(?::[0-9]{1,5})?)(?:[/?#].*)?");

    private final Set<String> hosts;

    SafeTargets(Set<String> hosts) {
        this.hosts = hosts;
    }

    boolean isSafe(String target) {
        if (!PLAIN.matcher(target).matches()) {
            return target.isEmpty();
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (absolute.matches()) {
            return isSafeHost(absolute.group(1).toLowerCase(Locale.ROOT));
        }
        return isRelative(target);
    }

    /** A path, a query or a fragment: no scheme, and no host after two slashes. */
    private static boolean isRelative(String target) {
        if (target.startsWith("//")) {
            return false;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return true;
            }
            if (c == ':') {
                return false;
            }
        }
        return true;
    }

    private boolean isSafeHost(String host) {
        if (hosts.contains(host)) {
            return true;
        }
        return hosts.stream().anyMatch(each -> each.startsWith("*.") && host.endsWith(each.substring(1)));
    }
}
