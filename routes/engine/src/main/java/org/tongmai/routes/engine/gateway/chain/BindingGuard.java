package org.tongmai.routes.engine.gateway.chain;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tongmai.routes.engine.gateway.convert.Wsdl;
import org.tongmai.routes.engine.gateway.convert.XmlBinding;
import org.tongmai.routes.engine.gateway.convert.XmlFault;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Makes JSON of what callers of SOAP and XML send, for the guards behind it and the service, and back of its answer (协议转换).
 * What stands before it judges the call as it was sent: signature, encryption, and the screening of its XML.
 */
final class BindingGuard implements Guard, AnswerGuard {
    private final XmlBinding binding;
    private final Wsdl description;

    BindingGuard(Service service) {
        this.binding = new XmlBinding(service.binding());
        this.description = binding.description(service.id());
    }

    @Override
    public void admit(Passage passage) {
        binding.spoken(passage.forwarded()).ifPresent(protocol -> {
            passage.speaks(protocol);
            passage.forward(binding.read(passage.forwarded(), protocol));
        });
    }

    @Override
    public CompletableFuture<HttpAnswer> answer(Passage passage, HttpAnswer answer) {
        Protocol protocol = passage.protocol();
        return CompletableFuture.completedFuture(protocol == null ? answer : binding.answer(answer, protocol));
    }

    /** The description of the service. */
    HttpAnswer described(HttpCall call) {
        return description.answer(call);
    }

    /** A refusal as its caller can read it: also one that was refused before it was known what it speaks. */
    static HttpAnswer told(Passage passage, HttpAnswer refusal) {
        return protocol(passage)
                .map(protocol -> XmlFault.refusal(refusal, protocol))
                .orElse(refusal);
    }

    private static Optional<Protocol> protocol(Passage passage) {
        if (passage.protocol() != null) {
            return Optional.of(passage.protocol());
        }
        PublishedService service = passage.service();
        if (service == null) {
            return XmlBinding.evident(passage.received());
        }
        return service.binding().flatMap(guard -> guard.binding.spoken(passage.forwarded()));
    }
}
