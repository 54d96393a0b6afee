package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the calls of a service are carried to it.
 *
 * @param kind name of a route template in {@code routes/service-templates}
 * @param parameters of that template
 * @param targets where the service runs; for templates that have no targets none
 * @param strip first segments of the service's path, which are taken away before the path is put behind the target's
 * @param grey who goes to which version (灰度发布): the first rule that fits counts; empty for all targets alike
 * @param health how targets are asked whether they are well; null not to ask
 */
public record Transport(
        String kind,
        Map<String, String> parameters,
        List<Target> targets,
        String strip,
        List<GreyRule> grey,
        Health health) {
    public Transport {
        kind = Absent.text(kind);
        parameters = Absent.map(parameters);
        targets = Absent.list(targets);
        strip = Absent.text(strip);
        grey = Absent.list(grey);
    }

    /** The same with other parameters. */
    Transport with(Map<String, String> other) {
        return new Transport(kind, other, targets, strip, grey, health);
    }

    /**
     * Asks each target by GET. One that twice does not answer below 400 is left out, one that does is taken again at once.
     *
     * @param path that is asked for
     * @param interval how often
     */
    public record Health(String path, Duration interval) {
        public Health {
            path = Absent.text(path);
            interval = interval == null ? Duration.ofSeconds(10) : interval;
        }
    }

    /**
     * One place a service runs at.
     *
     * @param url where
     * @param weight its share of the calls, against that of the others: 1 to 1000
     * @param version name grey rules choose it by
     */
    public record Target(String url, int weight, String version) {
        public Target {
            url = Absent.text(url);
            weight = weight == 0 ? 1 : weight;
            version = Absent.text(version);
        }
    }

    /**
     * Sends calls to a version.
     *
     * @param version of the targets
     * @param applications calls of these; empty for any
     * @param field name of a header field as the caller sent it, also one that is not handed on; of the gateway's own
     *     ({@code X-Tongmai-…}) as the service gets it; empty for none
     * @param value what the field must hold
     * @param percent how many of the calls that fit, 1 to 100; 0 for all
     */
    public record GreyRule(String version, List<String> applications, String field, String value, int percent) {
        public GreyRule {
            version = Absent.text(version);
            applications = Absent.list(applications);
            field = Absent.text(field);
            value = Absent.text(value);
        }
    }
}
