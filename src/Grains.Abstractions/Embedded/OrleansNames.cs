// The names of Microsoft Orleans that the grains use, with Orleans' own signatures, for the build that has no Orleans packages.
// A stand-in for one process: nothing here talks over a network. tests/Grains.Tests/OrleansNamesTests.cs holds the signatures in place.
#pragma warning disable CA1040, CA1813, CS9113, IDE0060 // Orleans' shapes: marker interfaces, attributes that only carry a mark.

using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Whatever can be addressed by a reference.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>A grain.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>The base of grain classes.</summary>
    public abstract class Grain : IAddressable
    {
        /// <summary>A grain; its key is known from activation on.</summary>
        protected Grain()
        {
        }

        internal string? PrimaryKey { get; set; }

        internal Action? Deactivate { get; set; }

        /// <summary>Called once, before the first call is dispatched.</summary>
        /// <param name="cancellationToken">Signals that activation is cancelled.</param>
        public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Called after the last call has ended.</summary>
        /// <param name="reason">Informational.</param>
        /// <param name="cancellationToken">Signals that deactivation should end promptly.</param>
        public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Ends this activation once it has no call; the next call makes a new one.</summary>
        protected void DeactivateOnIdle() => Deactivate?.Invoke();
    }

    /// <summary>What a grain may ask about itself.</summary>
    public static class GrainExtensions
    {
        /// <summary>The grain's string key.</summary>
        /// <param name="grain">A grain that is active.</param>
        public static string GetPrimaryKeyString(this IAddressable grain) =>
            (grain as Grain)?.PrimaryKey ?? throw new InvalidOperationException("Only an active grain has a key.");
    }

    /// <summary>Gives references to grains.</summary>
    public interface IGrainFactory
    {
        /// <summary>A reference to the grain with this key.</summary>
        /// <param name="primaryKey">The key.</param>
        /// <param name="grainClassNamePrefix">Not used in one process.</param>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;
    }

    /// <summary>Why an activation ends.</summary>
    public readonly struct DeactivationReason
    {
        /// <summary>A reason.</summary>
        public DeactivationReason(DeactivationReasonCode code, string text)
        {
            ReasonCode = code;
            Description = text;
        }

        /// <summary>A sentence.</summary>
        public string Description { get; }

        /// <summary>The kind.</summary>
        public DeactivationReasonCode ReasonCode { get; }
    }

    /// <summary>The kinds of reasons that one process knows, with Orleans' values.</summary>
    public enum DeactivationReasonCode : byte
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>The process ends.</summary>
        ShuttingDown = 1,

        /// <summary>Activation failed.</summary>
        ActivationFailed = 2,

        /// <summary>The grain was not used for a while.</summary>
        ActivationIdle = 4,

        /// <summary>The grain asked for it.</summary>
        ApplicationRequested = 9,
    }

    /// <summary>The type crosses the line between silos.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
    public sealed class GenerateSerializerAttribute : Attribute;

    /// <summary>The member's number on the wire.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class
        | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        /// <summary>The number.</summary>
        public uint Id { get; } = id;
    }

    /// <summary>The type's or method's name on the wire.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum
        | AttributeTargets.Method, AllowMultiple = true)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        /// <summary>The name.</summary>
        public string Alias { get; } = alias;
    }

    /// <summary>How long a caller waits for the method's answer, where that is not the same for all; without effect in one process.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ResponseTimeoutAttribute : Attribute
    {
        /// <summary>A time, written as <c>00:10:00</c>.</summary>
        public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>The time.</summary>
        public TimeSpan? Timeout { get; init; }
    }

    /// <summary>The value is never changed, so it need not be copied.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property
        | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
    public sealed class ImmutableAttribute : Attribute;
}

namespace Orleans.Concurrency
{
    /// <summary>Calls of the grain may interleave at their awaits.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ReentrantAttribute : Attribute;

    /// <summary>Any activation serves any call.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class StatelessWorkerAttribute : Attribute
    {
        /// <summary>As many activations as the machine has processors.</summary>
        public StatelessWorkerAttribute()
            : this(Environment.ProcessorCount)
        {
        }

        /// <summary>At most so many activations in a process.</summary>
        public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocalWorkers = maxLocalWorkers;

        internal int MaxLocalWorkers { get; }
    }
}
