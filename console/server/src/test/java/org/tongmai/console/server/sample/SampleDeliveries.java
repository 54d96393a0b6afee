package org.tongmai.console.server.sample;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tongmai.routes.engine.delivery.Deliveries;

/** Two destinations that can be held. */
public final class SampleDeliveries implements Deliveries {
    static final String DISTRICT = "hospital-adt-to-district.deliver-to-district";

    private final Set<String> paused = ConcurrentHashMap.newKeySet();

    @Override
    public List<Destination> destinations() {
        return List.of(destination(DISTRICT, 16), destination("hospital-results-sharing.share-results", 0));
    }

    private Destination destination(String id, long parked) {
        return new Destination(id, "patient-administration", paused.contains(id) ? "PAUSED" : "CLOSED", 4, parked, "");
    }

    @Override
    public List<ParkedCause> parkedCauses() {
        return List.of(new ParkedCause(DISTRICT, "TM-DELIVERY-0004", "The destination refused the content", 16));
    }

    @Override
    public int release(String destination, String causeCode) {
        return causeCode == null || causeCode.equals("TM-DELIVERY-0004") ? 16 : 0;
    }

    @Override
    public void pause(String destination) {
        paused.add(destination);
    }

    @Override
    public void resume(String destination) {
        paused.remove(destination);
    }
}
