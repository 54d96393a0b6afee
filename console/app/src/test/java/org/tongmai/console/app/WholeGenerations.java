package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tongmai.console.app.GatewayCall.Moment;

/**
 * Whether answers can be explained by whole sets of rules: at every moment a node goes by one published revision, and never
 * goes back. A call that began after another ended (or after its node acknowledged a publication) was judged by the same
 * revision or a later one.
 */
final class WholeGenerations {
    private final NavigableMap<Long, GatewayGeneration> revisions = new TreeMap<>();
    private final Map<Integer, Long> ofGeneration;

    /** @param generations of the revisions in the database */
    WholeGenerations(Map<Long, Integer> generations) {
        generations.forEach((revision, number) -> revisions.put(revision, new GatewayGeneration(number)));
        ofGeneration =
                generations.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** From when to when a revision was surely in force at a node. */
    private record Seen(Moment moment, long revision) {}

    void explain(List<GatewayCall> calls, List<GatewayPublisher.Acknowledged> publications) {
        Set<Integer> nodes = calls.stream().map(GatewayCall::node).collect(Collectors.toSet());
        for (int node : nodes) {
            List<GatewayCall> here = calls.stream()
                    .filter(call -> call.node() == node && !call.undecided())
                    .toList();
            List<Seen> seen = new ArrayList<>();
            here.stream()
                    .filter(GatewayCall::passed)
                    .forEach(call -> seen.add(new Seen(call.moment(), revision(call))));
            publications.stream()
                    .filter(each -> each.node() == node)
                    .forEach(each -> seen.add(new Seen(each.moment(), each.revision())));
            List<String> unexplained = unexplained(here, seen);
            assertThat(unexplained.stream().limit(20))
                    .as(unexplained.size() + " answers of no whole set of rules")
                    .isEmpty();
        }
    }

    private long revision(GatewayCall call) {
        assertThat(ofGeneration)
                .as("published: " + call)
                .containsKey(call.answer().generation());
        return ofGeneration.get(call.answer().generation());
    }

    private List<String> unexplained(List<GatewayCall> calls, List<Seen> seen) {
        NavigableMap<Long, Long> from = new TreeMap<>();
        seen.stream()
                .sorted(Comparator.comparingLong(each -> each.moment().ended()))
                .forEach(each -> {
                    long before = from.isEmpty() ? 0 : from.lastEntry().getValue();
                    from.put(each.moment().ended(), Math.max(before, each.revision()));
                });
        NavigableMap<Long, Long> upTo = new TreeMap<>();
        seen.stream()
                .sorted(Comparator.comparingLong((Seen each) -> each.moment().began())
                        .reversed())
                .forEach(each -> {
                    long after =
                            upTo.isEmpty() ? Long.MAX_VALUE : upTo.firstEntry().getValue();
                    upTo.put(each.moment().began(), Math.min(after, each.revision()));
                });
        return calls.stream()
                .filter(call -> !call.by().equals(GatewayCall.INTRUDER))
                .map(call -> {
                    Map.Entry<Long, Long> least = from.lowerEntry(call.moment().began());
                    Map.Entry<Long, Long> most = upTo.higherEntry(call.moment().ended());
                    return unexplained(
                            call,
                            least == null ? 1 : least.getValue(),
                            most == null ? revisions.lastKey() : most.getValue());
                })
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private String unexplained(GatewayCall call, long least, long most) {
        boolean explained = least <= most
                && revisions.subMap(least, true, most, true).values().stream()
                        .anyMatch(generation -> generation.explains(call));
        return explained ? "" : "revisions %d to %d: %s".formatted(least, most, call);
    }

    /** Whether what came through was let through by the rules it came through by. */
    void allow(List<MarkedService.Arrival> arrivals) {
        assertThat(arrivals)
                .as("let through by rules that do not")
                .allMatch(arrival -> ofGeneration.containsKey(arrival.generation()))
                .allMatch(arrival -> switch (arrival.service()) {
                    case "signed" ->
                        arrival.application().equals("steady")
                                || arrival.application().equals("sometimes")
                                        && new GatewayGeneration(arrival.generation()).authorises();
                    case "withdrawn" -> new GatewayGeneration(arrival.generation()).offers();
                    default -> true;
                })
                .noneMatch(arrival -> arrival.id().startsWith(GatewayCall.INTRUDER));
        assertThat(arrivals.stream().map(MarkedService.Arrival::id))
                .as("let through once")
                .doesNotHaveDuplicates();
    }
}
