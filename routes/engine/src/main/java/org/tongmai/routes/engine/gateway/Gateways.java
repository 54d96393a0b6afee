package org.tongmai.routes.engine.gateway;

import java.util.List;
import org.tongmai.standards.error.CodedException;

/** The rules of the bus and its gateways, as administrators see them: published whole, followed by every node. */
public interface Gateways {
    /** The rules published last, as JSON; those of no service when nothing was. */
    String rules();

    /**
     * The rules of a publication, as they were published, to be compared before they are published again.
     *
     * @throws CodedException {@link GatewayError#PUBLICATION_UNKNOWN}
     */
    String rules(long revision);

    /**
     * Publishes rules; every node follows.
     *
     * @param json rules as {@code routes/gateways/README.md} describes them
     * @param basedOn revision they were made from; 0 for the first
     * @param note why
     * @param by who publishes
     * @throws CodedException {@link GatewayError#RULES_INVALID} with every violation, {@link
     *     GatewayError#ROUTE_NOT_STARTED}, {@link GatewayError#PUBLICATION_STALE}, {@link GatewayError#REGISTRY_AWAY};
     *     then nothing has changed
     */
    Publication publish(String json, long basedOn, String note, String by);

    /**
     * Publishes again what was published before.
     *
     * @param basedOn revision in force that is to be replaced
     * @throws CodedException as {@link #publish}, and {@link GatewayError#PUBLICATION_UNKNOWN}
     */
    Publication publishAgain(long revision, long basedOn, String by);

    /** The latest first. */
    List<Publication> publications(int most);

    /** What each node runs. */
    List<NodeRules> nodes();

    /** The kinds of transport and of listeners that rules can name here. */
    Transports transports();

    /**
     * The kinds there are.
     *
     * @param services of the transport of a service
     * @param listeners of listeners
     */
    record Transports(List<TransportTemplate> services, List<TransportTemplate> listeners) {
        public Transports {
            services = List.copyOf(services);
            listeners = List.copyOf(listeners);
        }
    }

    /** What this node's services do now. */
    List<ServiceFigures> services();

    /**
     * Ownership policies that the calls of a service suggest, as this node saw them; the most certain first. Publishing them
     * is an administrator's act.
     *
     * @throws CodedException {@link GatewayError#SERVICE_NOT_HERE}
     */
    List<OwnershipProposal> ownershipProposals(String service);

    /**
     * What a service does now on this node.
     *
     * @param circuit CLOSED, OPEN or HALF_OPEN
     * @param underWay calls not answered yet
     * @param capacity calls at once the service is found to be able to do, at most this node's part of those agreed
     * @param targets where it runs
     * @param cache of its kept answers; null where none are kept
     */
    record ServiceFigures(
            String id,
            String title,
            String circuit,
            int underWay,
            int capacity,
            List<TargetFigures> targets,
            CacheFigures cache) {}

    /**
     * Kept answers of a service on this node, since its rule is what it is.
     *
     * @param hits calls that were answered by one
     * @param misses calls whose answer could have been one
     * @param kept answers there now
     */
    record CacheFigures(long hits, long misses, long kept) {}

    /** A target as this node sees it. */
    record TargetFigures(String url, TargetState state, int underWay) {}

    /** Whether a target gets calls. */
    enum TargetState {
        UP,
        /** It said it is not well, or could not be reached just now; it gets calls only where all are down. */
        DOWN
    }

    /**
     * What became of copies of a service's calls on this node.
     *
     * @throws CodedException {@link GatewayError#SERVICE_NOT_HERE}
     */
    CopyFigures copies(String service);

    /**
     * Has every node forget the kept answers of a service: this one at once, others within three seconds, one that can not
     * reach the registry when it can.
     *
     * @param by who wants it
     * @throws CodedException {@link GatewayError#SERVICE_NOT_HERE}, {@link GatewayError#REGISTRY_AWAY}
     */
    void clearKept(String service, String by);
}
