package org.millrace.model.wire;

import io.smallrye.reactive.messaging.MessageConverter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.millrace.model.message.Cancel;

/**
 * Turns JSON from the broker into the messages of the model. In memory nothing is converted: the consumer gets the
 * very object that was sent.
 */
@ApplicationScoped
public class WireConverter implements MessageConverter {

    @Override
    public boolean canConvert(Message<?> in, Type target) {
        return target instanceof Class<?> type
                && type.getPackage() == Cancel.class.getPackage()
                && textOf(in.getPayload()) != null;
    }

    @Override
    public Message<?> convert(Message<?> in, Type target) {
        return in.withPayload(WireFormat.read(textOf(in.getPayload()), (Class<?>) target));
    }

    private static String textOf(Object payload) {
        return switch (payload) {
            case JsonObject json -> json.encode();
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Buffer buffer -> buffer.toString(StandardCharsets.UTF_8);
            case null, default -> null;
        };
    }
}
