package org.tongmai.routes.engine.gateway;

import java.util.List;

/**
 * A way that calls of a service are carried, or come in, as its route template tells of it (传输组件).
 *
 * @param kind what rules call it by
 * @param description what it is
 * @param goesTo where the calls of a service go by it
 * @param parameters that rules may set, in the template's order
 */
public record TransportTemplate(String kind, String description, Destination goesTo, List<Parameter> parameters) {
    public TransportTemplate {
        parameters = List.copyOf(parameters);
    }

    /** Where calls go. */
    public enum Destination {
        /** To one of the targets of the service's transport. */
        TARGETS,
        /** To the one place that the parameters name. */
        PARAMETERS
    }

    /**
     * @param defaultValue what counts where rules do not say; null where they must
     * @param values those it takes; empty for any text
     */
    public record Parameter(String name, String description, String defaultValue, List<String> values) {
        public Parameter {
            values = List.copyOf(values);
        }
    }
}
